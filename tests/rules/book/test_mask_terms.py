"""What a playbook knows of numbers that are masked and numbers that stay."""

from town import town

from dispatch.domain.masking import MaskTerms, mask_numbers


def test_a_playbook_says_how_people_s_numbers_are_written_and_which_are_offices():
    with_phone = 'ROADS: {label: Roads, phone: "0755-82918888"}'
    roads = town("departments.yaml", "ROADS: {label: Roads}", with_phone)
    assert roads.mask_terms == MaskTerms("CN", "", ("0755-82918888", "119"), "*")
    hotline = 'label: Fire}\nhotlines: [{number: "8255 9633", label: Lifts}]'
    lifts = town("district.yaml", "label: Fire}", hotline)
    assert lifts.mask_terms.offices == ("119", "8255 9633")
    assert mask_numbers("82559633 or 82559634", lifts.mask_terms) == "82559633 or ******34"
    coded = town("district.yaml", "id: town\n", 'id: town\ncode: "440304"\n')
    assert coded.mask_terms.district == "440304"
    dutch = town("district.yaml", "timezone: Asia/Shanghai", "timezone: Europe/Amsterdam")
    assert dutch.mask_terms.country == "NL"
    nowhere = town("district.yaml", "timezone: Asia/Shanghai", "timezone: UTC")
    assert nowhere.mask_terms.country == ""


def test_what_is_masked_is_full_width_in_chinese_alone():
    chinese = town("district.yaml", "language: en", "language: zh")
    dutch = town("district.yaml", "timezone: Asia/Shanghai", "timezone: Europe/Amsterdam")
    written = "bel 0612345678, 82559634"
    assert mask_numbers("打13800138000", chinese.mask_terms) == "打＊＊＊＊＊＊＊＊＊00"
    once = mask_numbers(written, dutch.mask_terms)
    assert once == "bel ********78, 82559634"
    assert mask_numbers(once, dutch.mask_terms) == once
