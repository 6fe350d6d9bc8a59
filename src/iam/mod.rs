//! Policy documents: who may do what under which condition.
