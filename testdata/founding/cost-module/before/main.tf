# The module twice: with its defaults and with a key.

module "plain" {
  source = "./module"
  name   = "cost-reports"
}

module "sealed" {
  source                = "./module"
  name                  = "cost-reports-sealed"
  enable_kms_encryption = true
  kms_key_arn           = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
