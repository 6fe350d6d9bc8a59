//! Folders to sources: which files there are and which format each has. The only room that reads files.
