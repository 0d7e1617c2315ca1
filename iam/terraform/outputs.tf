output "role_arn" {
  description = "AWS_CLOUDWATCH_ROLE_ARN of the server"
  value       = aws_iam_role.cloudwatch_mcp.arn
}
