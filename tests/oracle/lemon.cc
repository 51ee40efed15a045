// The dense network of a draw in LEMON. See lemon.h.
#include "lemon.h"

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

#include <map>
#include <vector>

using namespace lemon;
typedef SmartDigraph Graph;

namespace
{

struct Network {
    Graph graph;
    Graph::ArcMap<int64_t> room, price;
    Graph::Node source, sink;
    int64_t wanted, base;

    explicit Network(const dense_problem *p);
    Graph::Arc join(Graph::Node from, Graph::Node to, int64_t capacity, int64_t cost);
};

Graph::Arc Network::join(Graph::Node from, Graph::Node to, int64_t capacity, int64_t cost)
{
    Graph::Arc arc = graph.addArc(from, to);
    room[arc] = capacity;
    price[arc] = cost;
    return arc;
}

Network::Network(const dense_problem *p) : room(graph), price(graph), wanted(0), base(0)
{
    source = graph.addNode();
    sink = graph.addNode();
    std::vector<Graph::Node> judge, door;
    for (size_t j = 0; j < p->judges; j++) {
        judge.push_back(graph.addNode());
        base += p->held[j] * (p->held[j] - 1) / 2;
        for (int64_t load = p->held[j]; load < p->cap[j] && load < p->held[j] + (int64_t)p->entries;
             load++)
            join(judge[j], sink, 1, load);
    }
    for (size_t i = 0; p->room && i < p->groups * p->judges; i++) {
        door.push_back(graph.addNode());
        join(door[i], judge[i % p->judges], p->room[i], 0);
    }
    for (size_t e = 0; e < p->entries; e++) {
        Graph::Node entry = graph.addNode();
        std::map<int64_t, Graph::Node> units;
        join(source, entry, p->need[e], 0);
        wanted += p->need[e];
        for (size_t j = 0; j < p->judges; j++) {
            if (!p->may[e * p->judges + j])
                continue;
            Graph::Node from = entry;
            if (p->unit[j] >= 0) {
                if (!units.count(p->unit[j])) {
                    units[p->unit[j]] = graph.addNode();
                    join(entry, units[p->unit[j]], 1, 0);
                }
                from = units[p->unit[j]];
            }
            join(from, p->room ? door[p->group[e] * p->judges + j] : judge[j], 1, 0);
        }
    }
}

template <typename Method> int64_t solve(Network &n)
{
    Method method(n.graph);
    method.upperMap(n.room).costMap(n.price).stSupply(n.source, n.sink, n.wanted);
    return method.run() == Method::OPTIMAL ? method.template totalCost<int64_t>() + n.base : -1;
}

} // namespace

int64_t dense_cost(const dense_problem *p, dense_method method)
{
    Network n(p);
    return method == COST_SCALING ? solve<CostScaling<Graph, int64_t, int64_t>>(n)
                                  : solve<NetworkSimplex<Graph, int64_t, int64_t>>(n);
}

int64_t dense_readings(const dense_problem *p)
{
    Network n(p);
    Preflow<Graph, Graph::ArcMap<int64_t>> flow(n.graph, n.room, n.source, n.sink);
    flow.runMinCut();
    return flow.flowValue();
}
