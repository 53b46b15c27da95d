-- warning: what the regions below tell of themselves is no more than the region's total at all levels
SELECT grain, period, region, category, unit, rollup_self, all_levels FROM region_rollup WHERE comparison = 'parts exceed the whole'
