# METADATA
# title: "Use TLS to DMS sources and targets"
# description: >-
#   ssl_mode none is the default. AWS default: none.
# custom:
#   id: dms-endpoint-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.dms.endpoint
#   remediation: >-
#     Use TLS to DMS sources and targets: `ssl_mode = require` (Terraform), `SslMode = require`
#     (CloudFormation).
#   frameworks: {"fsbp": ["DMS.9", "DMS.12"], "config": ["dms-endpoint-ssl-configured", "dms-redis-tls-enabled"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_49"]}
package sealint.aws.dms.endpoint_tls

accepted := {"require", "verify-ca", "verify-full"}

deny contains {"path": ["ssl_mode", i, "value"], "message": message} if {
	some i, item in input.ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["ssl_mode", i, "value"], "message": "`ssl_mode` is not set"} if {
	some i, item in input.ssl_mode
	not item.value
}

deny contains {"path": ["doc_db_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.doc_db_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`doc_db_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["doc_db_settings_ssl_mode", i, "value"], "message": "`doc_db_settings_ssl_mode` is not set"} if {
	some i, item in input.doc_db_settings_ssl_mode
	not item.value
}

deny contains {"path": ["ibm_db2_luw_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.ibm_db2_luw_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`ibm_db2_luw_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["ibm_db2_luw_settings_ssl_mode", i, "value"], "message": "`ibm_db2_luw_settings_ssl_mode` is not set"} if {
	some i, item in input.ibm_db2_luw_settings_ssl_mode
	not item.value
}

deny contains {"path": ["ibm_db2z_os_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.ibm_db2z_os_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`ibm_db2z_os_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["ibm_db2z_os_settings_ssl_mode", i, "value"], "message": "`ibm_db2z_os_settings_ssl_mode` is not set"} if {
	some i, item in input.ibm_db2z_os_settings_ssl_mode
	not item.value
}

deny contains {"path": ["maria_db_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.maria_db_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`maria_db_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["maria_db_settings_ssl_mode", i, "value"], "message": "`maria_db_settings_ssl_mode` is not set"} if {
	some i, item in input.maria_db_settings_ssl_mode
	not item.value
}

deny contains {"path": ["microsoft_sql_server_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.microsoft_sql_server_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`microsoft_sql_server_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["microsoft_sql_server_settings_ssl_mode", i, "value"], "message": "`microsoft_sql_server_settings_ssl_mode` is not set"} if {
	some i, item in input.microsoft_sql_server_settings_ssl_mode
	not item.value
}

deny contains {"path": ["mongo_db_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.mongo_db_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`mongo_db_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["mongo_db_settings_ssl_mode", i, "value"], "message": "`mongo_db_settings_ssl_mode` is not set"} if {
	some i, item in input.mongo_db_settings_ssl_mode
	not item.value
}

deny contains {"path": ["my_sql_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.my_sql_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`my_sql_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["my_sql_settings_ssl_mode", i, "value"], "message": "`my_sql_settings_ssl_mode` is not set"} if {
	some i, item in input.my_sql_settings_ssl_mode
	not item.value
}

deny contains {"path": ["oracle_settings_ssl_mode", i, "value"], "message": message} if {
	some i, item in input.oracle_settings_ssl_mode
	value := item.value
	not value in accepted
	message := sprintf("`oracle_settings_ssl_mode` is %v, which is not accepted", [value])
}

deny contains {"path": ["oracle_settings_ssl_mode", i, "value"], "message": "`oracle_settings_ssl_mode` is not set"} if {
	some i, item in input.oracle_settings_ssl_mode
	not item.value
}
