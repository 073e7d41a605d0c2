// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

class ConversationRecord;
class StatusLine;

/// Tells the user what a conversation's record reports: steps that deserve more than a line in the log, and what
/// happens to the session file.
namespace RecordNotices {

/// As long as both exist.
void connectRecord(const ConversationRecord &record, StatusLine &notices);

} // namespace RecordNotices
