# METADATA
# title: "Encrypt traffic between job containers"
# description: >-
#   Distributed jobs talk plain unless set. AWS default: false.
# custom:
#   id: sagemaker-inter-container-encryption
#   severity: medium
#   precision: high
#   profile: default
#   view: aws.sagemaker.data_quality_job_definition
#   remediation:
#     terraform: Set `enable_inter_container_traffic_encryption = true` in `network_config`.
#     cloudformation: "Set `EnableInterContainerTrafficEncryption: true` in `NetworkConfig`."
#   frameworks: {"fsbp": ["SageMaker.9", "SageMaker.10", "SageMaker.13", "SageMaker.15"], "config": ["sagemaker-data-quality-job-encrypt-in-transit"], "nist-800-53-r5": ["SC-8", "SC-8(1)", "SC-13", "SC-23"], "pci-dss-v4": ["4.2.1"], "hipaa": ["164.312(e)(1)", "164.312(e)(2)(ii)"]}
#   aliases: {"checkov": ["CKV_AWS_369"]}
package sealint.aws.sagemaker.inter_container_encryption

deny contains {"path": ["containers_encrypted", i, "value"], "message": "the containers of the job exchange data in plain text"} if {
	some i, item in input.containers_encrypted
	not item.value
}

deny contains {"path": ["inline_jobs", i, "containers_encrypted"], "message": "the containers of the job exchange data in plain text"} if {
	some i, job in input.inline_jobs
	not job.containers_encrypted
}
