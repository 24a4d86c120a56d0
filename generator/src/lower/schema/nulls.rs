//! Null where any value is allowed already.

use super::super::Lowering;
use crate::ir::{Presence, Shape, TypeId};

impl Lowering<'_> {
    /// Takes null away from where any value is allowed, which includes it: only once every schema is
    /// known is it known which those are.
    pub(in crate::lower) fn settle_nulls(&mut self) {
        let any: Vec<bool> = (0..self.types.len())
            .map(|index| self.is_any(TypeId::new(index)))
            .collect();
        for def in &mut self.types {
            match &mut def.shape {
                Shape::Nullable(inner) if any[inner.index()] => def.shape = Shape::Alias(*inner),
                Shape::Struct { fields, .. } => {
                    for field in fields {
                        if any[field.ty.index()] && field.presence == Presence::OptionalNullable {
                            field.presence = Presence::Optional;
                        }
                    }
                }
                Shape::Enum(_)
                | Shape::Union { .. }
                | Shape::Newtype(_)
                | Shape::Wrapper(_)
                | Shape::Alias(_)
                | Shape::Nullable(_)
                | Shape::Array(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Any => {}
            }
        }
    }

    fn is_any(&self, ty: TypeId) -> bool {
        let mut here = ty;
        for _ in 0..self.types.len() {
            match self.types[here.index()].shape {
                Shape::Any => return true,
                Shape::Alias(next) | Shape::Nullable(next) => here = next,
                Shape::Struct { .. }
                | Shape::Enum(_)
                | Shape::Union { .. }
                | Shape::Newtype(_)
                | Shape::Wrapper(_)
                | Shape::Array(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_) => return false,
            }
        }
        false
    }
}
