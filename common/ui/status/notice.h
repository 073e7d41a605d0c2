// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QString>

#include <functional>
#include <vector>

/// Something the user should know, and what to do about it. A status line shows it.
struct Notice {
    enum class Level : quint8 { Information, Warning, Error };
    /// How long it counts. In the order in which a status line prefers them.
    enum class Kind : quint8 {
        Holding,  ///< until it is removed or dismissed: an error that still holds
        Question, ///< likewise, and an answer is wanted
        Past,     ///< it has happened; the notice leaves by itself
    };
    struct Action {
        QString text;
        std::function<void()> run;
        QKeySequence shortcut = {}; ///< where no letter is left for a mnemonic
    };

    QString key = {}; ///< what it speaks of; a notice replaces the one with the same key
    Kind kind = Kind::Past;
    Level level = Level::Information;
    QString text = {};
    std::vector<Action> actions = {}; ///< each takes the notice away
    bool gathers = false;             ///< tells how many it has replaced
    int replaced = 0;                 ///< so many; the status line counts
};
