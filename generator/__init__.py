"""gongkai: public disclosure pages from one YAML record per unit and year."""
