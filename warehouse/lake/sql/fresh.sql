-- What will be appended of the parts and their failures.
CREATE OR REPLACE TEMP TABLE fresh_part AS FROM lake.part LIMIT 0;
CREATE OR REPLACE TEMP TABLE fresh_failure AS FROM lake.failure LIMIT 0;
