# The web page: a bucket that CloudFront serves.

module "frontend" {
  source      = "./bucket"
  name        = "finops-frontend"
  kms_key_arn = module.objects.arn
  statements = [{
    Sid       = "Pages"
    Effect    = "Allow"
    Principal = { Service = "cloudfront.amazonaws.com" }
    Action    = "s3:GetObject"
    Resource  = "arn:aws:s3:::finops-frontend/*"
    Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.frontend.arn } }
  }]
}

module "exports" {
  source      = "./bucket"
  name        = "finops-exports"
  kms_key_arn = module.objects.arn
}

resource "aws_cloudfront_distribution" "frontend" {
  enabled = true
  aliases = ["finops.example.com"]

  origin {
    domain_name              = module.frontend.bucket_regional_domain_name
    origin_id                = "frontend"
    origin_access_control_id = aws_cloudfront_origin_access_control.frontend.id
  }

  default_cache_behavior {
    target_origin_id           = "frontend"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    viewer_protocol_policy     = "redirect-to-https"
    response_headers_policy_id = aws_cloudfront_response_headers_policy.frontend.id
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_cloudfront_origin_access_control" "frontend" {
  name                              = "finops-frontend"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_response_headers_policy" "frontend" {
  name = "finops-frontend"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 63072000
      include_subdomains         = true
      override                   = true
    }
  }
}
