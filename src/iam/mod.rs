//! Policy documents: who may do what under which condition.
//!
//! Pure functions over [`Value`](crate::value::Value): nothing here knows in which format a policy was written, and nothing knows rules.

pub mod arn;
pub mod condition;
pub mod context;
pub mod decide;
pub mod document;
pub mod domain;
pub mod facts;
pub mod findings;
pub mod grant;
pub mod keys;
pub mod kind;
pub mod kms;
pub mod pattern;
pub mod principal;
pub mod printed;
pub mod request_keys;
pub mod services;
pub(crate) mod spelling;
pub mod symbol;
#[cfg(test)]
mod tests;
pub mod tls;
pub mod truth;
pub mod via_service;
pub mod who_can;
