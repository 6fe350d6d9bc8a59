# Connections, the memory of conversations, missions, elevators.

module "tables" {
  source   = "./modules/dynamodb_table"
  for_each = toset(["connections", "memory", "missions", "elevators"])

  name        = "platform-${each.key}"
  kms_key_arn = module.tables_key.arn
}
