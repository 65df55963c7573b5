//! Documents that leave the product: a view in, bytes out.
