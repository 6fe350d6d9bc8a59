variable "name" {
  type = string
}

variable "kms_key_arn" {
  type = string
}

variable "reader_account" {
  type        = string
  default     = null
  description = "Another account that reads the reports."
}

data "aws_caller_identity" "current" {}
