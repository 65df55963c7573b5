//! What a person may see of a case, cut from it before anything leaves casework.
