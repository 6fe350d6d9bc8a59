variable "name" {
  type = string
}

variable "enable_kms_encryption" {
  type    = bool
  default = false
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "reader_account" {
  type        = string
  default     = null
  description = "Another account that reads the reports."
}
