//! What the documents of the founding systems claim and their code does not keep: the rule, the line, and what stands
//! there. Written from the sources; the tests hold it against them and against what sealint says.

/// A finding that a document's row asks for.
pub(super) struct Expected {
    /// The rule's id.
    pub(super) rule: &'static str,
    /// `file:line`, from the system's `before` folder.
    pub(super) place: &'static str,
    /// What stands on that line, without the space around it.
    pub(super) text: &'static str,
}

const fn at(rule: &'static str, place: &'static str, text: &'static str) -> Expected {
    Expected { rule, place, text }
}

#[rustfmt::skip]
const FINOPS_APP: &[Expected] = &[
    // 1: data at rest
    at("dynamodb-sse-kms", "data.tf:3", r#"resource "aws_dynamodb_table" "costs" {"#),
    // 2: algorithms of S3
    at("s3-bucket-sse-kms", "exports.tf:13", "apply_server_side_encryption_by_default {"),
    at("s3-bucket-key-enabled", "frontend.tf:10", "rule {"),
    at("s3-bucket-block-sse-c", "exports.tf:11", r#"blocked_encryption_types = ["NONE"]"#),
    // 3: TLS for S3
    at("s3-bucket-https-only", "frontend.tf:20", "policy = jsonencode({"),
    at("s3-bucket-min-tls12", "frontend.tf:20", "policy = jsonencode({"),
    // 4: CloudFront
    at("cloudfront-viewer-https", "frontend.tf:45", r#"viewer_protocol_policy = "allow-all""#),
    at("cloudfront-min-tls", "frontend.tf:50", r#"minimum_protocol_version = "TLSv1""#),
    at("cloudfront-custom-certificate", "frontend.tf:79", "cloudfront_default_certificate = true"),
    at("cloudfront-s3-oac", "frontend.tf:36", "origin {"),
    at("cloudfront-oac-key-access", "frontend.tf:13", "kms_master_key_id = aws_kms_key.app.arn"),
    at("cloudfront-hsts", "frontend.tf:41", "default_cache_behavior {"),
    // 6: TLS for QuickSight
    at("quicksight-datasource-tls", "dashboards.tf:17", "disable_ssl = true"),
    // 7: rows and IAM
    at("quicksight-row-level-security", "dashboards.tf:21", r#"resource "aws_quicksight_data_set" "costs" {"#),
    at("iam-kms-decrypt-all-keys", "functions.tf:57", r#"Resource = "*""#),
    // 8: functions
    at("lambda-env-cmk", "functions.tf:3", r#"resource "aws_lambda_function" "billing" {"#),
    at("lambda-env-no-secrets", "functions.tf:13", r#"API_PASSWORD = "kx93-Vellum-41""#),
    at("lambda-code-cmk", "functions.tf:18", r#"resource "aws_lambda_function" "mcp" {"#),
    // 9: secrets
    at("secretsmanager-cmk", "data.tf:19", r#"resource "aws_secretsmanager_secret" "rates" {"#),
    at("secretsmanager-rotation", "data.tf:14", r#"resource "aws_secretsmanager_secret" "warehouse" {"#),
    at("secret-value-not-in-code", "data.tf:25", r#"secret_string = "qv-71-Harbour-Slate""#),
    at("ssm-parameter-securestring", "data.tf:30", r#"type  = "String""#),
    at("ssm-parameter-cmk", "data.tf:34", r#"resource "aws_ssm_parameter" "mail_password" {"#),
    // 10: the API
    at("apigateway-domain-tls12", "api.tf:10", r#"security_policy          = "TLS_1_0""#),
    at("apigateway-integration-https", "api.tf:26", r#"uri                     = "http://rates.example.com/latest""#),
    // 11: the table
    at("dynamodb-cmk", "data.tf:3", r#"resource "aws_dynamodb_table" "costs" {"#),
    at("dynamodb-pitr", "data.tf:3", r#"resource "aws_dynamodb_table" "costs" {"#),
    // 13: one KMS setup
    at("kms-key-rotation", "keys.tf:3", r#"resource "aws_kms_key" "app" {"#),
    at("kms-key-policy-explicit", "keys.tf:3", r#"resource "aws_kms_key" "app" {"#),
    at("kms-single-key-many-classes", "keys.tf:3", r#"resource "aws_kms_key" "app" {"#),
    // 14: monitoring
    at("cloudtrail-management-events", "audit.tf:9", "event_selector {"),
    at("cloudtrail-cmk", "audit.tf:3", r#"resource "aws_cloudtrail" "main" {"#),
    at("kms-deletion-alarm", "audit.tf:3", r#"resource "aws_cloudtrail" "main" {"#),
    at("config-recorder-all", "audit.tf:19", "all_supported  = false"),
    at("config-encryption-rules", "audit.tf:14", r#"resource "aws_config_configuration_recorder" "main" {"#),
    // 15: the agent
    at("bedrock-agent-cmk", "agent.tf:3", r#"resource "aws_bedrockagent_agent" "bill" {"#),
    at("bedrock-guardrail-cmk", "agent.tf:19", r#"resource "aws_bedrock_guardrail" "bill" {"#),
    at("bedrock-invocation-logs-protected", "agent.tf:33", "log_group_name = aws_cloudwatch_log_group.prompts.name"),
];

#[rustfmt::skip]
const TRAVEL_GUIDE: &[Expected] = &[
    // 1: six tables under the key of AWS
    at("dynamodb-cmk", "template.yaml:23", "SSESpecification:"),
    at("dynamodb-cmk", "template.yaml:34", "SSESpecification:"),
    at("dynamodb-cmk", "template.yaml:45", "SSESpecification:"),
    at("dynamodb-cmk", "template.yaml:56", "SSESpecification:"),
    at("dynamodb-cmk", "template.yaml:67", "SSESpecification:"),
    at("dynamodb-cmk", "template.yaml:78", "SSESpecification:"),
    // 2: AES256 with a bucket key
    at("s3-bucket-key-no-effect", "template.yaml:94", "BucketKeyEnabled: true"),
    at("s3-bucket-key-no-effect", "template.yaml:106", "BucketKeyEnabled: true"),
    at("s3-bucket-sse-kms", "template.yaml:93", "SSEAlgorithm: AES256"),
    at("s3-bucket-sse-kms", "template.yaml:105", "SSEAlgorithm: AES256"),
    // 3: cannot be bypassed
    at("s3-bucket-block-sse-c", "template.yaml:96", "EncryptionType: [NONE]"),
    // 5: what the role may decrypt
    at("iam-kms-decrypt-all-keys", "template.yaml:151", r#"Resource: "arn:aws:kms:*:*:key/*""#),
    // 6: the trail
    at("cloudtrail-management-events", "audit.yaml:13", "EventSelectors:"),
    at("cloudtrail-data-events", "audit.yaml:13", "EventSelectors:"),
    // what the document is silent on
    at("dynamodb-pitr", "template.yaml:71", "LocationCacheTable:"),
    at("s3-bucket-https-only", "template.yaml:98", "StaticSiteBucket:"),
];

#[rustfmt::skip]
const COST_MODULE: &[Expected] = &[
    // 1, 10: the default leaves the key out
    at("s3-bucket-sse-kms", "module/reports.tf:14", r#"sse_algorithm     = var.enable_kms_encryption ? "aws:kms" : "AES256""#),
    // 1: with a key, but no bucket key
    at("s3-bucket-key-enabled", "module/reports.tf:12", "rule {"),
    // 2: TLS
    at("s3-bucket-https-only", "module/reports.tf:38", "policy = jsonencode({"),
    at("s3-bucket-min-tls12", "module/reports.tf:38", "policy = jsonencode({"),
    at("sns-subscription-https", "module/budgets.tf:45", r#"protocol  = "http""#),
    // 3: public access
    at("s3-bucket-owner-enforced", "module/reports.tf:32", r#"object_ownership = "ObjectWriter""#),
    // 4: least privilege
    at("iam-kms-privilege-escalation", "module/actions.tf:47", r#"Action   = ["kms:PutKeyPolicy", "kms:CreateGrant"]"#),
    at("iam-kms-decrypt-all-keys", "module/actions.tf:66", r#"Resource = "*""#),
    at("iam-kms-admin-star", "module/actions.tf:78", r#"Action   = "kms:*""#),
    // 5: billing services only
    at("s3-bucket-policy-delivery-source", "module/reports.tf:45", r#"Principal = { Service = "billingreports.amazonaws.com" }"#),
    at("s3-bucket-policy-delivery-source", "module/reports.tf:52", r#"Principal = { Service = "bcm-data-exports.amazonaws.com" }"#),
    // 6: notifications
    at("sns-sse", "module/budgets.tf:21", "kms_master_key_id = var.kms_key_arn"),
    at("sns-cmk", "module/budgets.tf:26", r#"kms_master_key_id = "alias/aws/sns""#),
    // 6: AWS's own key lets budgets not in
    at("sns-key-allows-publishers", "module/budgets.tf:26", r#"kms_master_key_id = "alias/aws/sns""#),
    // 6: nor does the customer's
    at("sns-key-allows-publishers", "module/budgets.tf:21", "kms_master_key_id = var.kms_key_arn"),
    at("sns-policy-public", "module/budgets.tf:36", r#"Principal = "*""#),
    // 7: the trail
    at("cloudtrail-multi-region", "audit.tf:6", "is_multi_region_trail      = false"),
    at("cloudtrail-data-events", "audit.tf:3", r#"resource "aws_cloudtrail" "costs" {"#),
    // 8: Config
    at("config-recorder-all", "audit.tf:15", "all_supported  = false"),
    at("config-encryption-rules", "audit.tf:10", r#"resource "aws_config_configuration_recorder" "costs" {"#),
    // 9: other accounts
    at("kms-key-policy-foreign-account", "keys.tf:19", r#"Principal = { AWS = "arn:aws:iam::444455556666:root" }"#),
    at("s3-bucket-policy-foreign-account", "module/reports.tf:67", r#"Principal = { AWS = "arn:aws:iam::${var.reader_account}:root" }"#),
    at("cross-account-key-access", "module/reports.tf:15", "kms_master_key_id = var.enable_kms_encryption ? var.kms_key_arn : null"),
];

#[rustfmt::skip]
const BUILDING_PLATFORM: &[Expected] = &[
    // 1: four tables
    at("dynamodb-cmk", "modules/dynamodb_table/main.tf:29", "kms_key_arn = var.kms_key_arn"),
    // 2: recovery
    at("dynamodb-pitr", "modules/dynamodb_table/main.tf:33", "enabled = var.recover"),
    // 3: rotation
    at("kms-key-rotation", "keys.tf:27", r#"resource "aws_kms_key" "secrets" {"#),
    at("kms-key-rotation-period", "keys.tf:6", "rotation_period_in_days = 730"),
    // 4: buckets
    at("s3-bucket-sse-kms", "audit.tf:12", r#"sse_algorithm = "AES256""#),
    at("cloudfront-oac-key-access", "modules/s3_website/main.tf:23", "kms_master_key_id = var.kms_key_arn"),
    // 5: the audit bucket
    at("s3-bucket-versioning", "audit.tf:3", r#"resource "aws_s3_bucket" "trail" {"#),
    at("cloudtrail-bucket-protected", "audit.tf:32", "s3_bucket_name                = aws_s3_bucket.trail.id"),
    // 6: the API
    at("apigateway-domain-tls12", "website.tf:12", r#"security_policy          = "TLS_1_0""#),
    // 7: TLS for S3
    at("s3-bucket-https-only", "modules/s3_website/main.tf:38", "policy = jsonencode({"),
    at("s3-bucket-https-only", "audit.tf:3", r#"resource "aws_s3_bucket" "trail" {"#),
    // 8: three keys with aliases
    at("kms-alias-for-key", "keys.tf:27", r#"resource "aws_kms_key" "secrets" {"#),
    at("kms-single-key-many-classes", "keys.tf:15", r#"resource "aws_kms_key" "buckets" {"#),
    // 9: services: any account, and no need
    at("kms-key-policy-confused-deputy", "keys.tf:48", "principals {"),
    at("kms-key-policy-confused-deputy", "keys.tf:50", r#"identifiers = ["dynamodb.amazonaws.com", "sns.amazonaws.com"]"#),
    // 9: a pattern over accounts
    at("kms-key-policy-confused-deputy", "keys.tf:68", r#"values   = ["arn:aws:ses:*:*:receipt-rule-set/*"]"#),
    // 10: the trail
    at("cloudtrail-multi-region", "audit.tf:34", "is_multi_region_trail         = false"),
    at("cloudtrail-management-events", "audit.tf:38", "event_selector {"),
    at("cloudtrail-logging-on", "audit.tf:46", "enable_logging             = false"),
    // 11: its files
    at("cloudtrail-cmk", "audit.tf:43", r#"resource "aws_cloudtrail" "tables" {"#),
    at("cloudtrail-key-allows-cloudtrail", "audit.tf:33", "kms_key_id                    = aws_kms_key.buckets.arn"),
    at("cloudtrail-log-validation", "audit.tf:36", "enable_log_file_validation    = false"),
    // 12: ninety days
    at("cloudtrail-log-retention", "audit.tf:25", "days = 90"),
    at("log-group-retention", "functions.tf:30", "retention_in_days = 90"),
    // 13: everything is logged
    at("cloudtrail-data-events", "audit.tf:38", "event_selector {"),
    at("cloudtrail-data-events", "audit.tf:50", "event_selector {"),
    at("cloudtrail-global-events", "audit.tf:35", "include_global_service_events = false"),
    // 14: access of functions
    at("iam-kms-decrypt-all-keys", "functions.tf:23", r#"Resource = "*""#),
    at("role-can-use-referenced-key", "events.tf:12", "event_source_arn  = aws_dynamodb_table.connections.stream_arn"),
    // 15: Config
    at("config-recorder-all", "audit.tf:65", "all_supported  = false"),
];

#[rustfmt::skip]
const SINGLE_KEY: &[Expected] = &[
    // 3: users administer it, and can do more
    at("kms-key-policy-separation", "key-policy.json:15", r#""Principal": {"#),
    at("kms-key-policy-separation", "terraform/key.tf:51", "principals {"),
    at("kms-key-policy-separation", "cloudformation/template.yaml:21", "Principal:"),
    // 6: four services
    at("kms-key-policy-confused-deputy", "key-policy.json:59", r#""Principal": {"#),
    at("kms-key-policy-confused-deputy", "terraform/key.tf:90", "principals {"),
    at("kms-key-policy-confused-deputy", "cloudformation/template.yaml:61", "Principal:"),
    // 8: one key
    at("kms-single-key-many-classes", "terraform/key.tf:3", r#"resource "aws_kms_key" "data" {"#),
    at("kms-single-key-many-classes", "cloudformation/template.yaml:5", "DataKey:"),
];

/// All of them by system.
pub(super) const ALL: &[(&str, &[Expected])] = &[
    ("finops-app", FINOPS_APP),
    ("travel-guide", TRAVEL_GUIDE),
    ("cost-module", COST_MODULE),
    ("building-platform", BUILDING_PLATFORM),
    ("single-key", SINGLE_KEY),
];
