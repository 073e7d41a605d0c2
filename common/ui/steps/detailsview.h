// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <QWidget>

#include <optional>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTextEdit;

/// Everything about one step: its line, what it means, its facts, its text and its bytes. An event has its whole
/// sentence, and no text or bytes. What is not in sight is made when it comes in sight.
/// Owned by a DetailsPanel.
class DetailsView : public QWidget
{
    Q_OBJECT
public:
    explicit DetailsView(QWidget *parent = nullptr);

    void setConnectionText(const QString &text); ///< what is known of the connection now; empty: nothing is shown
    void setStep(const std::optional<Step> &step);

    /// A fact's name and what it is, in the order of the view.
    static QList<std::pair<QString, QString>> facts(const Step &step);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    enum class FactsPlace { Beside, Above, Tab }; ///< of the text and the bytes

    void placeFacts(FactsPlace place);
    void showTabs();
    void refresh();
    void showFacts();
    int namesWidth(const QList<std::pair<QString, QString>> &facts) const;
    void showContent();
    void showText(QPlainTextEdit *edit) const;

    std::optional<Step> m_step;
    bool m_factsAreOld = true;
    bool m_textIsOld = true;
    bool m_hexIsOld = true;
    FactsPlace m_factsPlace = FactsPlace::Beside;
    QBoxLayout *m_layout;
    QTextEdit *m_facts;
    QTabWidget *m_tabs;
    QWidget *m_lastContent = nullptr; ///< the text or the bytes, which were in front when a step came that has none
    QLabel *m_connection;
    QPlainTextEdit *m_text;
    QPlainTextEdit *m_hex;
};
