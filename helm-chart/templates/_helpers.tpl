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

{{/* With neither digest nor tag the image that runs is kept: then `kubectl set image` and the workflow own that field. */}}
{{- define "cloudwatch-mcp.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else if .Values.image.tag -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- else -}}
{{- $image := printf "%s:latest" .Values.image.repository -}}
{{- $live := lookup "apps/v1" "Deployment" .Release.Namespace .Values.app.name | default dict -}}
{{- range dig "spec" "template" "spec" "containers" list $live -}}
{{- if and (eq .name $.Values.container.name) (hasPrefix $.Values.image.repository .image) -}}
{{- $image = .image -}}
{{- end -}}
{{- end -}}
{{ $image }}
{{- end -}}
{{- end }}

{{/* Every variable that the chart itself sets; `env` and `extraEnv` join them. */}}
{{- define "cloudwatch-mcp.env" -}}
- name: CLOUDWATCH_MCP_SERVER_HOST
  value: 0.0.0.0
- name: CLOUDWATCH_MCP_PORT
  value: {{ .Values.container.port | quote }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ include "cloudwatch-mcp.text" $value | quote }}
{{- end }}
{{- if .Values.ingress.enabled }}
- name: MCP_RESOURCE_URL
  value: {{ printf "https://%s/mcp" .Values.ingress.host }}
{{- with .Values.ingress.extraHosts }}
- name: MCP_ALLOWED_HOSTS
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- if .Values.proxy.url }}
- name: HTTPS_PROXY
  {{- if .Values.proxy.secretName }}
  valueFrom:
    secretKeyRef:
      name: {{ .Values.proxy.secretName }}
      key: HTTPS_PROXY
  {{- else }}
  value: {{ .Values.proxy.url | quote }}
  {{- end }}
- name: NO_PROXY
  value: {{ .Values.proxy.noProxy | quote }}
{{- end }}
{{- if .Values.extraCa.configMapName }}
- name: NODE_EXTRA_CA_CERTS
  value: /etc/cloudwatch-mcp/ca.crt
{{- end }}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Numbers of a values file are floats to Helm: 55000 must not become 5.5e+04. */}}
{{- define "cloudwatch-mcp.text" -}}
{{- if kindIs "float64" . -}}
{{- if eq (floor .) . -}}{{ int64 . }}{{- else -}}{{ . }}{{- end -}}
{{- else -}}{{ . }}{{- end -}}
{{- end }}

{{/* What a schema cannot say: sums, orders, and names that come from several values. */}}
{{- define "cloudwatch-mcp.validate" -}}
{{- $drain := include "cloudwatch-mcp.text" (get .Values.env "CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS" | default "55000") }}
{{- if ge (addf (divf (float64 $drain) 1000) .Values.preStopSeconds) (float64 .Values.terminationGracePeriodSeconds) }}
{{- fail "terminationGracePeriodSeconds must be more than preStopSeconds and CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS together, else calls in flight are cut" }}
{{- end }}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) }}
{{- fail "autoscaling.minReplicas must not be more than autoscaling.maxReplicas" }}
{{- end }}
{{- include "cloudwatch-mcp.validateHeap" . }}
{{- $seen := dict }}
{{- range include "cloudwatch-mcp.env" . | fromYamlArray }}
{{- if hasKey $seen .name }}
{{- fail (printf "the variable %s is set twice: once in env, extraEnv or by an option of this chart (ingress, proxy, extraCa)" .name) }}
{{- end }}
{{- $_ := set $seen .name true }}
{{- end }}
{{- end }}

{{/* MiB of a quantity such as 512Mi, 0.5G or 536870912; 0 for one of another form, and for none. */}}
{{- define "cloudwatch-mcp.mebibytes" -}}
{{- $text := include "cloudwatch-mcp.text" (. | default "0") -}}
{{- $number := regexFind "^[0-9]+([.][0-9]+)?" $text -}}
{{- $bytes := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 -}}
{{- divf (mulf (float64 $number) (get $bytes (trimPrefix $number $text) | default 0)) 1048576 -}}
{{- end }}

{{/* The heap must leave room in the container's memory: about 64 MiB are pages of Node itself. */}}
{{- define "cloudwatch-mcp.validateHeap" -}}
{{- $flags := get .Values.env "NODE_OPTIONS" | default "" | replace "_" "-" }}
{{- $limit := float64 (include "cloudwatch-mcp.mebibytes" (dig "limits" "memory" "0" (.Values.resources | default dict))) }}
{{- $share := regexFind "--max-old-space-size-percentage=[0-9.]+" $flags | trimPrefix "--max-old-space-size-percentage=" }}
{{- $size := regexFind "--max-old-space-size=[0-9]+" $flags | trimPrefix "--max-old-space-size=" }}
{{- $semi := regexFind "--max-semi-space-size=[0-9]+" $flags | trimPrefix "--max-semi-space-size=" }}
{{- $old := ternary (divf (mulf (float64 $share) $limit) 100) (float64 $size) (ne $share "") }}
{{- $heap := addf $old (mulf 3 (float64 $semi)) }}
{{- if and (gt $limit 0.0) (gt (addf $heap 64) $limit) }}
{{- fail (printf "env.NODE_OPTIONS lets the heap grow to %.0f MiB, which with the 64 MiB of Node itself is more than resources.limits.memory (%.0f MiB): lower --max-old-space-size or --max-semi-space-size, or raise the limit" $heap $limit) }}
{{- end }}
{{- end }}

{{- define "cloudwatch-mcp.remoteKey" -}}
{{ .Values.externalSecrets.remoteKey | default (printf "%s/cloudwatch-mcp/iam-identity-center" .Release.Namespace) }}
{{- end }}
