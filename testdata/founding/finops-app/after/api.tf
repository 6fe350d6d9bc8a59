# The API in front of the functions, under its own name only.

resource "aws_api_gateway_rest_api" "costs" {
  name                         = "costs"
  disable_execute_api_endpoint = true
}

resource "aws_api_gateway_domain_name" "costs" {
  domain_name              = "api.finops.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
  security_policy          = "TLS_1_2"
}

resource "aws_api_gateway_resource" "rates" {
  rest_api_id = aws_api_gateway_rest_api.costs.id
  parent_id   = aws_api_gateway_rest_api.costs.root_resource_id
  path_part   = "rates"
}

resource "aws_api_gateway_integration" "rates" {
  rest_api_id             = aws_api_gateway_rest_api.costs.id
  resource_id             = aws_api_gateway_resource.rates.id
  http_method             = "GET"
  integration_http_method = "GET"
  type                    = "HTTP_PROXY"
  uri                     = "https://rates.example.com/latest"
}
