// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QString>

#include <functional>
#include <vector>

/// Something that the user should know, and what to do about it. A StatusLine shows it.
struct Notice {
    enum class Level : quint8 { Information, Warning, Error };
    /// How long the notice stays. A status line prefers them in this order.
    enum class Kind : quint8 {
        Holding,  ///< until it is removed or dismissed: an error that persists
        Question, ///< like Holding, but it needs an answer
        Past,     ///< something has happened; the notice disappears by itself
    };
    struct Action {
        QString text;
        std::function<void()> run;
        QKeySequence shortcut = {}; ///< if no letter is left for a mnemonic
    };

    QString key = {}; ///< identifies the subject; a notice replaces the one with the same key
    Kind kind = Kind::Past;
    Level level = Level::Information;
    QString text = {};
    std::vector<Action> actions = {}; ///< each of them removes the notice
    bool gathers = false;             ///< the text says how many notices this one has replaced
    int replaced = 0;                 ///< that number; the status line counts
    bool isUpdate = false;            ///< only a number is another one: it is not announced again
};
