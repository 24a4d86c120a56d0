//! The two forms of a schema with read-only or write-only parts.
//!
//! Before: a struct has all properties of its schema. After: a type that a request sends, and that
//! holds a read-only or write-only property at any depth, is another one, `…Input`, without what the
//! service alone assigns; and no type that comes back has what occurs in requests only. So nobody is
//! asked for what the service assigns, and no reply has to hold what it never does (OpenAPI 3.0.3,
//! section 4.7.24.2).

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Naming, Segment, Shape, TypeId};

/// Splits the types of `api`.
pub(super) fn split(api: &mut Api) {
    let differing = differing(api);
    if differing.is_empty() {
        return;
    }
    let mut inputs = Inputs {
        differing,
        made: BTreeMap::new(),
        open: Vec::new(),
        next: api.types.len(),
    };
    let mut operations = std::mem::take(&mut api.operations);
    for operation in &mut operations {
        operation.map_sent(|ty| inputs.of(ty));
    }
    api.operations = operations;
    for ty in api.webhooks.iter_mut().flat_map(|of| &mut of.answered) {
        *ty = inputs.of(*ty);
    }
    while let Some(from) = inputs.open.pop() {
        let mut def = api.ty(from).clone();
        if let Naming::Item { path, pin, .. } = &mut def.naming {
            path.push(Segment::Input);
            if let Some(pin) = pin {
                pin.push_str("Input");
            }
        }
        if let Shape::Struct { fields, .. } = &mut def.shape {
            fields.retain(|field| !field.read_only);
        }
        def.shape.map_children(|ty| inputs.of(ty));
        let to = inputs.made[&from].index();
        if api.types.len() <= to {
            api.types.resize(to + 1, def.clone());
        }
        api.types[to] = def;
    }
    let inputs: BTreeSet<TypeId> = inputs.made.into_values().collect();
    for (index, def) in api.types.iter_mut().enumerate() {
        if let Shape::Struct { fields, .. } = &mut def.shape
            && !inputs.contains(&TypeId::new(index))
        {
            fields.retain(|field| !field.write_only);
        }
    }
}

/// The types that hold a read-only or write-only property, at any depth.
fn differing(api: &Api) -> BTreeSet<TypeId> {
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut open = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let id = TypeId::new(index);
        for child in def.shape.children() {
            holders.entry(child).or_default().push(id);
        }
        if let Shape::Struct { fields, .. } = &def.shape
            && fields
                .iter()
                .any(|field| field.read_only || field.write_only)
        {
            open.push(id);
        }
    }
    let mut differing = BTreeSet::new();
    while let Some(id) = open.pop() {
        if differing.insert(id) {
            open.extend(holders.get(&id).into_iter().flatten());
        }
    }
    differing
}

/// The forms for requests that were asked for.
struct Inputs {
    differing: BTreeSet<TypeId>,
    made: BTreeMap<TypeId, TypeId>,
    /// Types whose form has an id and nothing else yet.
    open: Vec<TypeId>,
    next: usize,
}

impl Inputs {
    /// The form for requests of a type: itself, where it has one form only.
    fn of(&mut self, ty: TypeId) -> TypeId {
        if !self.differing.contains(&ty) {
            return ty;
        }
        if let Some(&made) = self.made.get(&ty) {
            return made;
        }
        let made = TypeId::new(self.next);
        self.next += 1;
        self.made.insert(ty, made);
        self.open.push(ty);
        made
    }
}
