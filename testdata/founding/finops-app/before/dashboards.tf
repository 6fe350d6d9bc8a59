# Dashboards, embedded in the web page.

resource "aws_quicksight_data_source" "warehouse" {
  data_source_id = "warehouse"
  name           = "warehouse"
  type           = "POSTGRESQL"

  parameters {
    postgresql {
      database = "costs"
      host     = "warehouse.finops.example.com"
      port     = 5432
    }
  }

  ssl_properties {
    disable_ssl = true
  }
}

resource "aws_quicksight_data_set" "costs" {
  data_set_id = "costs"
  name        = "costs"
  import_mode = "SPICE"

  physical_table_map {
    physical_table_map_id = "costs"

    relational_table {
      data_source_arn = aws_quicksight_data_source.warehouse.arn
      name            = "costs"

      input_columns {
        name = "team"
        type = "STRING"
      }
    }
  }
}
