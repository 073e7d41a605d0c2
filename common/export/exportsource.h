// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/exportprogress.h"
#include "ladder/shownladder.h"

#include <functional>

class LadderModel;

/// What an export is made from: a session, a capture, or both. A plain value; crosses threads.
struct ExportSource {
    QString session = {}; ///< a session file, with all of its steps on disk
    QString capture = {}; ///< a capture file; with a session, of the same conversation
    /// The ladder to export; nothing: that of the first connection in the files.
    std::optional<ShownLadder> shown = {};

    bool isLive = false;  ///< the program itself captures: the path of the capture means nothing to the user
    QString problem = {}; ///< why a live one cannot capture

    static ExportSource of(const QString &path, QString &error); ///< tells the kind of file by its content
    QString noSegments() const;                                  ///< a sentence
};

/// Saves a ladder as the kind that the suffix of path names. What can paint stands above this room:
/// PictureSaver::save().
using LadderSaver =
    std::function<ExportOutcome(const LadderModel &ladder, const QString &path, ExportProgress &progress)>;
