#!/usr/bin/env bash
# Writes the settings of one namespace to AWS Secrets Manager, where External Secrets reads them. Creates or updates.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/deploy/create-secret.sh NAMESPACE [--region REGION]

Takes the values from the environment:
  AWS_IDENTITY_CENTER_ISSUER      issuer of the users' tokens, https://…
  AWS_IDENTITY_CENTER_CLIENT_ID   audience of the tokens
  AWS_CLOUDWATCH_ROLE_ARN         role that reads CloudWatch
and writes the secret NAMESPACE/cloudwatch-mcp/iam-identity-center (default region: us-east-1).
TEXT
}

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

namespace=''
region=us-east-1

while [[ $# -gt 0 ]]; do
  case $1 in
    --region) region=${2:?--region needs a value}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; fail "Unknown argument: $1" 2 ;;
    *)
      [[ -z $namespace ]] || fail "One namespace only: $namespace or $1?" 2
      namespace=$1
      shift
      ;;
  esac
done

[[ $namespace =~ ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ ]] || {
  usage >&2
  fail "'$namespace' is not a Kubernetes namespace: give one such as jarvis-demo." 2
}

faults=()
for name in AWS_IDENTITY_CENTER_ISSUER AWS_IDENTITY_CENTER_CLIENT_ID AWS_CLOUDWATCH_ROLE_ARN; do
  [[ -n ${!name:-} ]] || faults+=("$name is not set.")
done
issuer=${AWS_IDENTITY_CENTER_ISSUER:-}
# The same hosts that the program refuses: they publish no keys, so no token of theirs can be verified.
case $issuer in
  '') ;;
  *portal.sso.* | *.awsapps.com* | *identitycenter.amazonaws.com*)
    faults+=("AWS_IDENTITY_CENTER_ISSUER $issuer is a page of IAM Identity Center, not an issuer: see docs/IAM_IDENTITY_CENTER_SETUP.md.") ;;
  https://*) ;;
  *) faults+=("AWS_IDENTITY_CENTER_ISSUER $issuer must begin with https://.") ;;
esac
role=${AWS_CLOUDWATCH_ROLE_ARN:-}
[[ -z $role || $role =~ ^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+ ]] ||
  faults+=("AWS_CLOUDWATCH_ROLE_ARN $role is not the ARN of a role.")
if [[ ${#faults[@]} -gt 0 ]]; then
  printf '%s\n' "${faults[@]}" >&2
  exit 2
fi

# A file that only its owner can read: the values never stand in the list of processes.
umask 077
values=$(mktemp)
trap 'rm -f "$values"' EXIT
jq -n '{
  AWS_IDENTITY_CENTER_ISSUER: env.AWS_IDENTITY_CENTER_ISSUER,
  AWS_IDENTITY_CENTER_CLIENT_ID: env.AWS_IDENTITY_CENTER_CLIENT_ID,
  AWS_CLOUDWATCH_ROLE_ARN: env.AWS_CLOUDWATCH_ROLE_ARN
}' >"$values"

secret="$namespace/cloudwatch-mcp/iam-identity-center"
if error=$(aws secretsmanager describe-secret --secret-id "$secret" --region "$region" 2>&1 >/dev/null); then
  aws secretsmanager put-secret-value --secret-id "$secret" --secret-string "file://$values" --region "$region" >/dev/null
  echo "Updated $secret in $region."
elif [[ $error == *ResourceNotFoundException* ]]; then
  aws secretsmanager create-secret --name "$secret" --secret-string "file://$values" --region "$region" >/dev/null
  echo "Created $secret in $region."
else
  fail "Cannot look for the secret $secret in $region: $error"
fi
echo "Sync it: kubectl annotate es cloudwatch-mcp-secrets force-sync=\$(date +%s) --overwrite -n $namespace"
