"""Whether all is well: freshness, room on the disks, settings, site profiles."""
