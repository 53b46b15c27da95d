-- error: low ≤ value ≤ high
SELECT measure_id, low, value, high FROM measure WHERE low > value OR value > high OR low > high
UNION ALL SELECT coalesce(measure_id, claim_id::VARCHAR), low, value, high FROM claim
  WHERE (low > value OR value > high OR low > high) AND outside IS NULL
