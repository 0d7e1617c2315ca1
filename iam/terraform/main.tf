# IAM OIDC provider and the role that users of the CloudWatch MCP server assume with their own token.
# The same as ../cloudwatch-mcp-role.yaml.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  # The scheme is not part of the provider's name; a slash at the end is.
  issuer       = trimprefix(var.issuer_url, "https://")
  provider_arn = var.create_provider ? aws_iam_openid_connect_provider.issuer[0].arn : "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/${local.issuer}"
}

resource "aws_iam_openid_connect_provider" "issuer" {
  count          = var.create_provider ? 1 : 0
  url            = var.issuer_url
  client_id_list = [var.client_id]
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "UsersOfTheIssuer"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = [var.client_id]
    }
  }
}

resource "aws_iam_role" "cloudwatch_mcp" {
  name                 = var.role_name
  description          = "Read access to CloudWatch for users of the CloudWatch MCP server"
  max_session_duration = var.max_session_seconds
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "cloudwatch_mcp" {
  name   = "CloudWatchMCP"
  role   = aws_iam_role.cloudwatch_mcp.id
  policy = file("${path.module}/../permissions-policy.json")
}
