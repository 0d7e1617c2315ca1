/** The call that creates the repository: in the guide, and made by scripts/deploy/create-ecr.sh. */
export const CREATE_REPOSITORY =
  'aws ecr create-repository --repository-name jarvis/cloudwatch_mcp_server --region us-east-1 --image-scanning-configuration scanOnPush=true --encryption-configuration encryptionType=AES256';
