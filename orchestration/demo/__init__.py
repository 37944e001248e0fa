"""The demo: invented publications with known truth, served over real HTTP on loopback."""
