# The module three times: with its defaults, with a key, and for the whole organization.

module "plain" {
  source = "./module"
  name   = "costs"
}

module "sealed" {
  source                = "./module"
  name                  = "costs-sealed"
  enable_kms_encryption = true
  kms_key_arn           = aws_kms_key.sealed.arn
}

module "central" {
  source                = "./module"
  name                  = "costs-central"
  enable_kms_encryption = true
  kms_key_arn           = aws_kms_key.central.arn
  reader_account        = "444455556666"
}
