//! YAML as CloudFormation reads it.
