-- warning: problems rectified and not yet rectified are together those fed back
SELECT region, term_no, round_no, target, fed_back, rectified, unfinished FROM inspection_round
WHERE rectified + unfinished <> fed_back
