-- warning: a reported rate of rectification comes out within its rounding
SELECT region, term_no, round_no, target, fed_back, rectified, recomputed_pct, reported_pct FROM inspection_round WHERE agreement = '不一致'
