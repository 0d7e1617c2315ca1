#!/usr/bin/env bash
# Creates the ECR repository of the image, once; a second run changes nothing.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/deploy/create-ecr.sh [--region REGION] [--pull-account ID]

  --region REGION     region of the registry (default: us-east-1)
  --pull-account ID   lets this other AWS account pull the image. Nodes of the registry's own account need no policy:
                      they pull with the permissions of their own role.
TEXT
}

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

repository=jarvis/cloudwatch_mcp_server
region=us-east-1
pull_account=''

while [[ $# -gt 0 ]]; do
  case $1 in
    --region) region=${2:?--region needs a value}; shift 2 ;;
    --pull-account) pull_account=${2:?--pull-account needs a value}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "Unknown argument: $1" 2 ;;
  esac
done

[[ -z $pull_account || $pull_account =~ ^[0-9]{12}$ ]] ||
  fail "--pull-account $pull_account is not an AWS account id: it has 12 digits." 2

if error=$(aws ecr describe-repositories --repository-names "$repository" --region "$region" 2>&1 >/dev/null); then
  echo "The repository $repository exists in $region."
elif [[ $error == *RepositoryNotFoundException* ]]; then
  aws ecr create-repository \
    --repository-name "$repository" \
    --region "$region" \
    --image-scanning-configuration scanOnPush=true \
    --encryption-configuration encryptionType=AES256
else
  fail "Cannot look for the repository $repository in $region: $error"
fi

if [[ -n $pull_account ]]; then
  policy=$(mktemp)
  trap 'rm -f "$policy"' EXIT
  cat >"$policy" <<JSON
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AllowAccountPull",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::$pull_account:root" },
      "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }
  ]
}
JSON
  aws ecr set-repository-policy \
    --repository-name "$repository" \
    --policy-text "file://$policy" \
    --region "$region"
fi

aws ecr describe-repositories \
  --repository-names "$repository" \
  --region "$region"
