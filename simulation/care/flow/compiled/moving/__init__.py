"""Moving: ambulances at the door, patients sent to other departments and other hospitals, wards that are emptied."""
