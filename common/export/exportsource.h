// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/exportprogress.h"
#include "ladder/shownladder.h"

#include <functional>

class LadderModel;

/// What an export is made from: a session, a capture, or both. A plain value; crosses threads.
struct ExportSource {
    QString session = {};       ///< a session file, with all of its steps on disk
    QString capture = {};       ///< a capture file; with a session, of the same conversation
    QString secondCapture = {}; ///< made at the other end; shown together with the first (JointCapture)
    /// The ladder to export; nothing: that of the first connection in the files.
    std::optional<ShownLadder> shown = {};

    /// The connection to export: its number in a session, or its place among the connections of a capture, from 1.
    /// 0: all of them, or the first where a kind has only one.
    int connection = 0;
    std::optional<Side> side = {}; ///< of ExportKind::Bytes: only what this end sent
    QStringList payload = {};      ///< of ExportKind::Bytes, with `shown`: the files with the payload of its flow

    bool isLive = false;  ///< the program itself captures: the path of the capture means nothing to the user
    QString problem = {}; ///< why a live one cannot capture
    quint64 drops = 0;    ///< of a live one: the segments that came faster than they were read

    static ExportSource of(const QString &path, QString &error); ///< tells the kind of file by its content
    static ExportSource ofBoth(const QString &first, const QString &second, QString &error); ///< two captures
    QString noSegments() const;                                                              ///< a sentence
    QString noConnection() const; ///< a sentence: there is no such connection
};

/// Saves a ladder as the kind that the suffix of path names. What can paint stands above this room:
/// PictureSaver::save().
using LadderSaver =
    std::function<ExportOutcome(const LadderModel &ladder, const QString &path, ExportProgress &progress)>;
