variable "issuer_url" {
  description = "Issuer of the users' tokens, byte for byte as in their \"iss\" claim (some end in a slash)"
  type        = string

  validation {
    condition     = can(regex("^https://[^\\s?#]+$", var.issuer_url))
    error_message = "issuer_url must begin with https:// and hold no query."
  }
}

variable "client_id" {
  description = "Audience of the tokens, the client id at the issuer"
  type        = string
}

variable "create_provider" {
  description = "false if the account already has an IAM OIDC provider for this issuer (there can be one only)"
  type        = bool
  default     = true
}

variable "role_name" {
  description = "Name of the role"
  type        = string
  default     = "CloudWatchMCPRole"
}

variable "max_session_seconds" {
  description = "Upper bound of AWS_SESSION_DURATION_SECONDS"
  type        = number
  default     = 3600

  validation {
    condition     = var.max_session_seconds >= 3600 && var.max_session_seconds <= 43200
    error_message = "max_session_seconds must be from 3600 to 43200."
  }
}
