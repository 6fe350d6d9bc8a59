//! A result that is computed when it is first asked for.

use std::cell::RefCell;

/// A result, computed at most once.
#[derive(Debug)]
pub(super) struct Node<T>(RefCell<State<T>>);

#[derive(Debug)]
enum State<T> {
    New,
    Running,
    Done(T),
}

/// The computation of a node asked for its own result.
#[derive(Debug)]
pub(super) struct Cycle;

impl<T> Default for Node<T> {
    fn default() -> Self {
        Node(RefCell::new(State::New))
    }
}

impl<T: Clone> Node<T> {
    /// The result; computed by `compute` if nobody has asked before.
    pub(super) fn get(&self, compute: impl FnOnce() -> T) -> Result<T, Cycle> {
        match &*self.0.borrow() {
            State::Done(result) => return Ok(result.clone()),
            State::Running => return Err(Cycle),
            State::New => {}
        }
        self.0.replace(State::Running);
        let result = compute();
        self.0.replace(State::Done(result.clone()));
        Ok(result)
    }
}

/// So many fresh nodes.
pub(super) fn nodes<T>(count: usize) -> Vec<Node<T>> {
    std::iter::repeat_with(Node::default).take(count).collect()
}
