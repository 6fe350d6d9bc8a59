//! Views: where each format keeps a setting, what AWS does when it is absent, how to set it.
