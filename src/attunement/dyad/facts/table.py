"""The published table. Values and intervals are the sources' own unless `note` says how they were obtained."""

from __future__ import annotations

from math import inf

from attunement.dyad.facts import alliance, outcome, ruptures, trials
from attunement.dyad.facts.model import Fact

EUBANKS_2018 = "Eubanks, Muran & Safran, 2018, Psychotherapy 55, 508–519"
EUBANKS_2019 = "Eubanks, Lubitz, Muran & Safran, 2019, Psychotherapy Research 29, 306–319"
MCLAUGHLIN = "McLaughlin, Keller, Feeny, Youngstrom & Zoellner, 2014, J Consult Clin Psychol 82, 112–121"
REMEMBERED = "“Picking up the pieces”, 2023, Psychotherapy Research, doi 10.1080/10503307.2023.2245128"
DE_JONG = "de Jong et al., 2021, Clinical Psychology Review 85, 102002"
CHEN = "Chen et al., 2020, Psychological Services 17, 452–460"

FACTS: tuple[Fact, ...] = (
    Fact(
        "alliance", "A better alliance goes with a better outcome (r)", 0.278, 0.256, 0.299, "95 % interval",
        "Flückiger, Del Re, Wampold & Horvath, 2018, Psychotherapy 55, 316–340",
        "mean rating of sessions 3–5 with residual change", alliance.alliance_and_outcome,
    ),
    Fact(
        "empathy", "A more empathic therapist goes with a better outcome (r)", 0.28, 0.23, 0.33, "95 % interval",
        "Elliott, Bohart, Watson & Murphy, 2018, Psychotherapy 55, 399–410",
        "share of openings met in sessions 3–5 with residual change", alliance.empathy_and_outcome,
    ),
    Fact(
        "repair", "Repaired ruptures go with a better outcome (r)", 0.29, 0.10, 0.47, "95 % interval", EUBANKS_2018,
        "share of ruptures repaired, among clients with ruptures, with residual change", ruptures.repair_and_outcome,
    ),
    Fact(
        "within_person", "After a session rated above a client's own usual, distress is lower (β)", 0.185, 0.16, 0.21,
        "range of studies", "Falkenström, Kuria, Othieno & Kumar, 2019, J Consult Clin Psychol 87, 46–55",
        "rating and distress centred within client and session; next distress on rating, distress held",
        alliance.within_person, "the range is that of the sessions of one study (N = 345)",
    ),
    Fact(
        "feedback_all", "Feedback to therapists helps, all clients (g)", 0.15, 0.10, 0.20, "95 % interval", DE_JONG,
        "distress at the end with and without feedback", trials.feedback_all,
    ),
    Fact(
        "feedback_not_on_track", "Feedback helps clients not on track (g)", 0.17, 0.11, 0.22, "95 % interval", DE_JONG,
        "the same, among clients with a warning", trials.feedback_not_on_track,
    ),
    Fact(
        "support_not_on_track", "Feedback with support tools helps clients not on track (g)", 0.445, 0.36, 0.53,
        "range of studies", "Barkham, De Jong, Delgadillo & Lutz, 2023, Psychotherapy Research 33, 841–855",
        "the same with support tools", trials.support_not_on_track,
    ),
    Fact(
        "feedback_keeps", "Feedback keeps clients in therapy (odds ratio)", 1.19, 1.03, 1.38, "95 % interval", DE_JONG,
        "odds of leaving without feedback over those with it", trials.feedback_keeps,
    ),
    Fact(
        "training", "Clients of therapists trained in repair do better (r)", 0.11, -0.09, 0.30, "95 % interval",
        EUBANKS_2018, "distress at the end with and without training, g turned into r", trials.training,
    ),
    Fact(
        "ruptures", "Clients whose alliance ratings show a rupture", 0.46, 0.35, 0.57, "95 % interval", MCLAUGHLIN,
        "rating falls by 1 SD between two of the first 10 sessions", ruptures.clients_with_ruptures,
        "interval of a share of 82 clients; the study's own criterion may differ",
    ),
    Fact(
        "remembered", "Clients who remember a rupture, years later", 0.79, 0.63, 0.90, "95 % interval", REMEMBERED,
        "share of clients with a rupture at any time", ruptures.clients_who_had_one, "interval of 30 of 38 clients",
    ),
    Fact(
        "resolved", "Of these, clients whose ruptures were resolved", 0.43, 0.26, 0.61, "95 % interval", REMEMBERED,
        "share of them with no rupture open at the end", ruptures.resolved_in_the_end, "interval of 13 of 30 clients",
    ),
    Fact(
        "unrepaired", "A rupture that is not repaired goes with a worse outcome (β)", 0.45, 0.19, 0.71, "95 % interval",
        MCLAUGHLIN, "clients whose rating fell: not won back by half, with distress after 10 sessions, intake held",
        ruptures.unrepaired_and_outcome, "interval from the published p = .001",
    ),
    Fact(
        "withdrawals", "Withdrawals are more frequent than confrontations (share of ruptures)", None, 0.5, 1.0,
        "direction", EUBANKS_2019, "withdrawals over all ruptures", ruptures.share_of_withdrawals,
    ),
    Fact(
        "confrontation", "Clients who leave had confronted more in early sessions (d)", 0.74, 0.08, 1.40,
        "95 % interval", EUBANKS_2019, "confrontations in sessions 1–4, those who leave against those who stay",
        ruptures.confrontation_and_leaving, "interval for 42 clients of whom a third leave",
    ),
    Fact(
        "drop_out", "Clients who leave early", 0.197, 0.187, 0.207, "95 % interval",
        "Swift & Greenberg, 2012, J Consult Clin Psychol 80, 547–559",
        "share of clients who leave before the last session planned", outcome.drop_out,
    ),
    Fact(
        "therapists", "Share of outcome that lies between therapists", 0.05, 0.05, 0.082, "range of studies",
        "Johns, Barkham, Kellett & Saxon, 2019, Clinical Psychology Review 67, 78–93; Baldwin & Imel, 2013",
        "intraclass correlation of residual change, 20 clients a therapist", outcome.therapists,
        "weighted means of practice-based studies and of randomised trials",
    ),
    Fact(
        "change", "Distress falls over therapy in routine care (d)", 0.96, 0.88, 1.04, "95 % interval",
        "Gaskell et al., 2022, Adm Policy Ment Health 50, 43–57",
        "mean fall of distress in SD at intake, those who leave included", outcome.change,
        "the source's figure for depression",
    ),
    Fact(
        "half_way", "More than half of the change comes in the first 8 sessions (share)", 0.71, 0.5, 0.8,
        "range of studies", "Howard, Kopta, Krause & Orlinsky, 1986, American Psychologist 41, 159–164",
        "fall of distress over 8 sessions beside that over 20", outcome.half_way,
        "from shares of clients improved: about half by session 8, three quarters by session 26; the range is ours",
    ),
    Fact(
        "sudden_gains", "Clients with a sudden gain", 0.335, 0.17, 0.39, "range of studies",
        "Norton et al., 2010 (17 %); Kelly, Cyranowski & Frank, 2007 (33.5 %); Tang & DeRubeis, 1999 (39 %)",
        "three criteria, cut-off 7 of 63 points, sessions 1–12", outcome.clients_with_sudden_gains,
        "Shalom & Aderka (2020) and Aderka et al. (2012) review the effects, not a pooled prevalence",
    ),
    Fact(
        "rating_mean", "Clients rate the alliance high (mean, 0–10)", 8.0, 7.46, 8.60, "95 % interval", CHEN,
        "mean rating of sessions 3–5", alliance.mean_rating,
        "two arms (4.89 and 5.13 on 1–6) turned into 0–10, the outer ends of their intervals",
    ),
    Fact(
        "rating_spread", "and differ by little (SD, 0–10)", 1.35, 1.1, 1.75, "95 % interval", CHEN,
        "SD of that mean between clients", alliance.spread_of_ratings,
        "two arms (.64 and .71 on 1–6), the outer ends of their intervals",
    ),
    Fact(
        "rating_skewness", "with a long tail below (skewness)", None, -inf, -0.2, "direction",
        "Meier & Feeley, 2022, Journal of Counseling Psychology 69, 235–245", "skewness of that mean",
        alliance.skewness_of_ratings, "the source reports moderate to large ceiling effects in 92 estimates",
    ),
)  # fmt: skip
