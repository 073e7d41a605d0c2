// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/exportprogress.h"
#include "exportkind.h"
#include "ladder/shownladder.h"

#include <functional>

class LadderModel;

/// What an export is made from. Session or capture may be missing, not both. A plain value; crosses threads.
struct ExportSource {
    QString session = {}; ///< a session file, with all of its steps on disk
    QString capture = {}; ///< a capture file; with a session, of the same conversation
    std::optional<ShownLadder> shown =
        {}; ///< the ladder that is wanted; none: that of the first connection in the files

    bool isLive = false;  ///< the program captures by itself: the capture's path says nothing to people
    QString problem = {}; ///< of a live one: why it cannot capture

    static ExportSource of(const QString &path, QString &error); ///< tells by its content what the file is
    QString noSegments() const;                                  ///< a sentence
};

/// Saves a ladder as the kind that the suffix of path names. What can paint is behind this room: PictureSaver::save().
using LadderSaver =
    std::function<ExportOutcome(const LadderModel &ladder, const QString &path, ExportProgress &progress)>;

/// Writes source to `to`, in the kind that its suffix names, leaving out what the source does not have; where that leaves nothing, it
/// is an error. Steps come before segments where a kind has only one of them. Of several connections a ladder shows the first, if
/// source does not say which. May take long; any thread but the network's, pictures where saveLadder may paint.
ExportOutcome exportFile(const ExportSource &source, const QString &to, const LadderSaver &saveLadder,
                         ExportProgress &progress);
