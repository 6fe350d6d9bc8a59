//! The partitions of AWS: worlds of their own, with accounts, ARNs and domains apart from one another.
//!
//! Source: "AWS Fault Isolation Boundaries" (AWS whitepaper), "Pseudo parameters reference" (CloudFormation template
//! reference), and `partitions.json`, which the SDKs of AWS share.

/// A partition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Partition {
    /// Its name in ARNs.
    pub name: &'static str,
    /// How the names of its regions begin; that of `aws` is empty, since those of its regions begin in many ways.
    pub regions: &'static str,
    /// The domain of its endpoints and service principals.
    pub suffix: &'static str,
}

const fn partition(name: &'static str, regions: &'static str, suffix: &'static str) -> Partition {
    Partition { name, regions, suffix }
}

/// The partition that is meant where nothing says otherwise.
pub const COMMERCIAL: Partition = partition("aws", "", "amazonaws.com");

/// All partitions.
pub const PARTITIONS: [Partition; 8] = [
    COMMERCIAL,
    partition("aws-cn", "cn-", "amazonaws.com.cn"),
    partition("aws-us-gov", "us-gov-", "amazonaws.com"),
    partition("aws-iso", "us-iso-", "c2s.ic.gov"),
    partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov"),
    partition("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"),
    partition("aws-iso-f", "us-isof-", "csp.hci.ic.gov"),
    partition("aws-eusc", "eusc-", "amazonaws.eu"),
];

impl Partition {
    /// The partition of this name, if there is one.
    pub fn named(name: &str) -> Option<Partition> {
        PARTITIONS.into_iter().find(|partition| partition.name == name)
    }

    /// The partition of a region.
    pub fn of_region(region: &str) -> Partition {
        let apart = PARTITIONS.into_iter().find(|it| !it.regions.is_empty() && region.starts_with(it.regions));
        apart.unwrap_or(COMMERCIAL)
    }
}

#[cfg(test)]
mod tests {
    use super::{PARTITIONS, Partition};

    #[test]
    fn regions_tell_their_partitions() {
        for (region, name, suffix) in [
            ("us-east-1", "aws", "amazonaws.com"),
            ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
            ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
            ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
            ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"),
            ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"),
            ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"),
            ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
        ] {
            let found = Partition::of_region(region);
            assert_eq!((found.name, found.suffix), (name, suffix), "{region}");
        }
        assert!(PARTITIONS.iter().all(|partition| Partition::named(partition.name) == Some(*partition)));
        assert_eq!(Partition::named("aws-moon"), None);
    }
}
