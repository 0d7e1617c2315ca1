{{- define "cloudwatch-mcp.labels" -}}
app: {{ .Values.app.name }}
app.kubernetes.io/name: {{ .Values.app.name }}
app.kubernetes.io/component: mcp-server
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.app.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "cloudwatch-mcp.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end }}

{{- define "cloudwatch-mcp.remoteKey" -}}
{{ .Values.externalSecrets.remoteKey | default (printf "%s/cloudwatch-mcp/iam-identity-center" .Release.Namespace) }}
{{- end }}
