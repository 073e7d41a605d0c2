// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "notice.h"

#include <QFrame>

#include <optional>

/// Shows everything that a status line has to say, in full, above that line. Closes and deletes itself on a click
/// elsewhere and on Esc.
class StatusPopup : public QFrame
{
    Q_OBJECT
public:
    struct Entry {
        std::optional<Notice::Level> level;
        QString text;
    };

    /// The first entry is the one that the line shows.
    static void open(const std::vector<Entry> &entries, QWidget &line);
    static QString levelName(Notice::Level level);

private:
    StatusPopup(const std::vector<Entry> &entries, QWidget &line);
};
