// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "exportkind.h"

#include <functional>

class LadderModel;

/// What an export is made from. Either may be missing, not both.
struct ExportSource {
    QString session; ///< a session file, with all of its steps on disk
    QString capture; ///< a capture file; with a session, of the same conversation

    static ExportSource of(const QString &path); ///< tells by its content what the file is
};

/// Saves a ladder as the kind that the suffix of path names. Empty, or a sentence that says why not. What can paint is behind this
/// room: PictureSaver::save().
using LadderSaver = std::function<QString(const LadderModel &ladder, const QString &path)>;

struct ExportOutcome {
    QString error; ///< a sentence: nothing was written, or less than there is
    QString note;  ///< a sentence: all was written, and that is what it is
};

/// Writes source to `to`, in the kind that its suffix names, leaving out what the source does not have; where that leaves nothing, it
/// is an error. Steps come before segments where a kind has only one of them. Of several connections a ladder shows the first. May take
/// long; any thread but the network's, pictures where saveLadder may paint.
ExportOutcome exportFile(const ExportSource &source, const QString &to, const LadderSaver &saveLadder);
