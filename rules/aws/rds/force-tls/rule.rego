# METADATA
# title: "Make the database refuse plain connections"
# description: >-
#   Only the parameter group forces TLS; the client default varies. AWS default: PostgreSQL 15 and
#   newer, Aurora PostgreSQL 17 and newer: rds.force_ssl = 1, older ones 0. MySQL: require_secure_transport OFF up to 8.4,
#   ON from 9.7. Aurora MySQL: OFF up to version 3, ON from 8.4. MariaDB: OFF up to 11.4, ON from 11.8. SQL Server: rds.force_ssl 0.
#   Oracle: option group SSL. Db2: SSL configured separately.
# related_resources:
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
#   - https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Upgrade-v3-v84-security.html
#   - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mariadb-ssl-connections.require-ssl.html
# custom:
#   id: rds-force-tls
#   severity: high
#   precision: high
#   profile: default
#   view: aws.rds.connection
#   remediation: >-
#     Set `rds.force_ssl` (PostgreSQL, SQL Server) or `require_secure_transport` (MySQL, MariaDB) to 1 in
#     the parameter group; for Aurora, in that of the cluster.
#   frameworks: {"fsbp": ["RDS.38", "RDS.39", "RDS.41", "RDS.44"], "config": ["rds-postgres-instance-encrypted-in-transit", "rds-mysql-instance-encrypted-in-transit", "rds-sqlserver-encrypted-in-transit", "rds-mariadb-instance-encrypted-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV2_AWS_69"]}
package sealint.aws.rds.force_tls

off := {"0", "off", "false"}

# The engine, or what the family of the parameter group says of it. Engines of Aurora and of instances that their owner
# looks after have a prefix: `aurora-mysql`, `custom-sqlserver-ee`. RDS takes `MySQL` as `mysql`.
engine := lower(object.get(input, "engine", object.get(input, "family", ""))) if not input.member

forced_by_ssl if contains(engine, "postgres")

forced_by_ssl if contains(engine, "sqlserver")

forced_by_transport if contains(engine, "mysql")

forced_by_transport if contains(engine, "mariadb")

# PostgreSQL 15 and newer force TLS unless they are told not to.
forced_by_default if {
	startswith(input.family, "postgres")
	version >= 15
}

# Aurora with PostgreSQL 17 and newer does too.
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
forced_by_default if {
	startswith(input.family, "aurora-postgresql")
	version >= 17
}

version := to_number(regex.find_n(`[0-9]+`, input.family, 1)[0])

# Aurora MySQL does from 8.4 on, RDS for MySQL after it.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
forced_by_default if startswith(input.family, "aurora-mysql8.4")

forced_by_default if {
	startswith(input.family, "mysql")
	version >= 9
}

forced_by_default if startswith(input.family, "mariadb11.8")

# And so do the versions after it.
forced_by_default if {
	startswith(input.family, "mariadb")
	version >= 12
}

deny contains {"path": "force_ssl", "message": "the database accepts connections without TLS"} if {
	forced_by_ssl
	lower(input.force_ssl) in off
}

deny contains {"path": "force_ssl", "message": "the database accepts connections without TLS"} if {
	forced_by_ssl
	input.group
	not input.force_ssl
	not forced_by_default
}

deny contains {"path": "secure_transport", "message": "the database accepts connections without TLS"} if {
	forced_by_transport
	lower(input.secure_transport) in off
}

deny contains {"path": "secure_transport", "message": "the database accepts connections without TLS"} if {
	forced_by_transport
	input.group
	not input.secure_transport
	not forced_by_default
}

deny contains {"path": "db2_ssl", "message": "the database accepts connections without TLS"} if {
	contains(engine, "db2")
	input.group
	not lower(object.get(input, "db2_ssl", "tcpip")) == "ssl"
}
