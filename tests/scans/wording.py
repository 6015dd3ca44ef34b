"""What the forms print over their boxes and columns, for the renderer of scans."""

from __future__ import annotations

TRADE_HEADS = [
    "2. Transaction Date (Month/Day/Year)",
    "2A. Deemed Execution Date, if any (Month/Day/Year)",
    "3. Transaction Code (Instr. 8)",
    "",
    "4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)",
    "",
    "",
]
OWNED = {
    "4": "5. Amount of Securities Beneficially Owned Following Reported Transaction(s) "
    "(Instr. 3 and 4)",
    "5": "5. Amount of Securities Beneficially Owned at end of Issuer's Fiscal Year "
    "(Instr. 3 and 4)",
}
TAIL = [
    "6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)",
    "7. Nature of Indirect Beneficial Ownership (Instr. 4)",
]
SUB_I = ["", "", "", "Code", "V", "Amount", "(A) or (D)", "Price", "", "", ""]
HEADS_II = [
    "1. Title of Derivative Security (Instr. 3)",
    "2. Conversion or Exercise Price of Derivative Security",
    "3. Transaction Date (Month/Day/Year)",
    "3A. Deemed Execution Date, if any (Month/Day/Year)",
    "4. Transaction Code (Instr. 8)",
    "",
    "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)",
    "",
    "6. Date Exercisable and Expiration Date (Month/Day/Year)",
    "",
    "7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)",
    "",
    "8. Price of Derivative Security (Instr. 5)",
    "9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s)",
    "10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)",
    "11. Nature of Indirect Beneficial Ownership (Instr. 4)",
]
SUB_II = ["", "", "", "", "Code", "V", "(A)", "(D)", "Date Exercisable", "Expiration Date"]
SUB_II += ["Title", "Amount or Number of Shares", "", "", "", ""]
HEADS_3_I = [
    "1. Title of Security (Instr. 4)",
    "2. Amount of Securities Beneficially Owned (Instr. 4)",
    "3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)",
    "4. Nature of Indirect Beneficial Ownership (Instr. 5)",
]
HEADS_3_II = [
    "1. Title of Derivative Security (Instr. 4)",
    "2. Date Exercisable and Expiration Date (Month/Day/Year)",
    "",
    "3. Title and Amount of Securities Underlying Derivative Security (Instr. 4)",
    "",
    "4. Conversion or Exercise Price of Derivative Security",
    "5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)",
    "6. Nature of Indirect Beneficial Ownership (Instr. 5)",
]
SUB_3_II = ["", "Date Exercisable", "Expiration Date", "Title", "Amount or Number of Shares"]
SUB_3_II += ["", "", ""]
TITLES = {
    "3": "INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES",
    "4": "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
    "5": "ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
}
OMB = {"3": "3235-0104", "4": "3235-0287", "5": "3235-0362"}
PERIOD = {
    "3": "2. Date of Event Requiring Statement (Month/Day/Year)",
    "4": "3. Date of Earliest Transaction (Month/Day/Year)",
    "5": "3. Statement for Issuer's Fiscal Year Ended (Month/Day/Year)",
}
EXIT = (
    "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may "
    "continue. See Instruction 1(b)."
)
RELATIONSHIP = "Relationship of Reporting Person(s) to Issuer (Check all applicable)"
