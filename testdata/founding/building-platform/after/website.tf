# The web page and the API that it calls.

module "website" {
  source      = "./modules/s3_website"
  name        = "platform-website"
  kms_key_arn = module.buckets_key.arn
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name              = "api.platform.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  security_policy          = "TLS_1_2"
}
