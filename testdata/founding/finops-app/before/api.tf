# The API in front of the functions.

resource "aws_api_gateway_rest_api" "costs" {
  name = "costs"
}

resource "aws_api_gateway_domain_name" "costs" {
  domain_name              = "api.finops.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  security_policy          = "TLS_1_0"
}

resource "aws_api_gateway_resource" "rates" {
  rest_api_id = aws_api_gateway_rest_api.costs.id
  parent_id   = aws_api_gateway_rest_api.costs.root_resource_id
  path_part   = "rates"
}

# Exchange rates come from another company.
resource "aws_api_gateway_integration" "rates" {
  rest_api_id             = aws_api_gateway_rest_api.costs.id
  resource_id             = aws_api_gateway_resource.rates.id
  http_method             = "GET"
  integration_http_method = "GET"
  type                    = "HTTP_PROXY"
  uri                     = "http://rates.example.com/latest"
}
