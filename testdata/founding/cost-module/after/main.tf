# The module for one account, and for the whole organization: always with a key.

module "costs" {
  source      = "./module"
  name        = "costs"
  kms_key_arn = module.key.arn
}

module "central" {
  source         = "./module"
  name           = "costs-central"
  kms_key_arn    = module.key.arn
  reader_account = "444455556666"
}

module "key" {
  source         = "./key"
  reader_account = "444455556666"
}
