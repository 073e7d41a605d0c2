// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QComboBox>

class QMenu;

/// Selects one of the connections that a window knows; there may be thousands. Disabled while there is none. Owned by
/// a window.
class ConnectionCombo : public QComboBox
{
    Q_OBJECT
public:
    /// characters is the length of a connection's text that fits.
    ConnectionCombo(const char *objectName, int characters, QWidget *parent = nullptr);

    void addActionsTo(QMenu *menu); ///< the actions for a View menu: next and previous connection
    void refresh();                 ///< call it after the model has added rows

private:
    void step(int rows);
};
