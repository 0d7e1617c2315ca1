#!/usr/bin/env bash
# Deploys the bundle as a Lambda function behind a Function URL (template.yaml). In two passes, because the server must
# know its own public address and AWS names it only when the URL exists.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  cat <<'TEXT'
Usage: scripts/deploy/deploy-lambda.sh --bucket BUCKET [--stack NAME] [--region REGION] [--resource-url URL] [--mode MODE]

  --bucket BUCKET      S3 bucket for the zip file, in the same region
  --stack NAME         CloudFormation stack and function (default: cloudwatch-mcp)
  --region REGION      (default: us-east-1)
  --resource-url URL   public address of the MCP endpoint, if it is not the Function URL's own
  --mode MODE          AWS_CREDENTIAL_MODE: web-identity (default), assume-role or ambient

Takes from the environment: AWS_IDENTITY_CENTER_ISSUER, AWS_IDENTITY_CENTER_CLIENT_ID, AWS_CLOUDWATCH_ROLE_ARN (not for ambient).
TEXT
}

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

bucket=''
stack=cloudwatch-mcp
region=us-east-1
resource_url=''
mode=web-identity

while [[ $# -gt 0 ]]; do
  case $1 in
    --bucket) bucket=${2:?--bucket needs a value}; shift 2 ;;
    --stack) stack=${2:?--stack needs a value}; shift 2 ;;
    --region) region=${2:?--region needs a value}; shift 2 ;;
    --resource-url) resource_url=${2:?--resource-url needs a value}; shift 2 ;;
    --mode) mode=${2:?--mode needs a value}; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "Unknown argument: $1" 2 ;;
  esac
done

faults=()
[[ -n $bucket ]] || faults+=('--bucket is missing.')
case $mode in
  web-identity | assume-role)
    role=${AWS_CLOUDWATCH_ROLE_ARN:-}
    [[ -n $role ]] || faults+=("AWS_CLOUDWATCH_ROLE_ARN is not set; --mode $mode needs it.")
    ;;
  # It would never be assumed.
  ambient) role='' ;;
  *) faults+=("--mode $mode is none of web-identity, assume-role, ambient.") ;;
esac
[[ -n ${AWS_IDENTITY_CENTER_ISSUER:-} ]] || faults+=('AWS_IDENTITY_CENTER_ISSUER is not set.')
[[ -n ${AWS_IDENTITY_CENTER_CLIENT_ID:-} ]] || faults+=('AWS_IDENTITY_CENTER_CLIENT_ID is not set.')
if [[ ${#faults[@]} -gt 0 ]]; then
  printf '%s\n' "${faults[@]}" >&2
  usage >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm run --silent build -- --metafile
npx --no-install node scripts/deploy/notices.ts
cp dist/server.mjs dist/THIRD_PARTY_NOTICES LICENSE NOTICE "$work/"
# Equal times and order: the same bundle gives the same zip, and CloudFormation sees no change.
find "$work" -type f -exec chmod 644 {} + -exec touch -t 200001010000 {} +
(cd "$work" && TZ=UTC zip -q -X -9 bundle.zip ./*)
sum=$(sha256sum "$work/bundle.zip")
key="$stack/${sum%% *}.zip"
aws s3 cp "$work/bundle.zip" "s3://$bucket/$key" --region "$region"

deploy() {
  aws cloudformation deploy \
    --stack-name "$stack" \
    --region "$region" \
    --template-file template.yaml \
    --capabilities CAPABILITY_IAM \
    --no-fail-on-empty-changeset \
    --parameter-overrides \
    "FunctionName=$stack" \
    "CodeBucket=$bucket" \
    "CodeKey=$key" \
    "Issuer=$AWS_IDENTITY_CENTER_ISSUER" \
    "ClientId=$AWS_IDENTITY_CENTER_CLIENT_ID" \
    "CredentialMode=$mode" \
    "CloudWatchRoleArn=$role" \
    "ResourceUrl=$1"
}

read_output() {
  aws cloudformation describe-stacks --stack-name "$stack" --region "$region" \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text
}

# A stack that is there already keeps its address while the first pass runs.
known=$resource_url
if [[ -z $known ]]; then known=$(read_output ResourceUrl 2>/dev/null || true); fi
deploy "$known"
resource_url=${resource_url:-$(read_output ResourceUrl)}
[[ $resource_url == https://* ]] || fail "The stack $stack gives no address of its Function URL: see its outputs."
if [[ $resource_url != "$known" ]]; then deploy "$resource_url"; fi

echo "MCP endpoint: $resource_url"
echo "Try it: node scripts/deploy/smoke.mjs $(read_output FunctionUrl)"
